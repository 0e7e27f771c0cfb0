import type { Connect } from '../generator-wishes.js';
import type { Wire } from '../load-client.js';
import { memberOf, placeOf, tokenOf, type Group } from '../seed.js';

/** Of the members that are `present`, those from `joining` on only send. Who is in several workspaces has one connection. */
export function crowd(
  group: Group,
  wire: Wire,
  ports: number[],
  joining = group.members,
  present = group.members,
): Connect {
  const people = new Map<number, Connect['people'][number]>();
  for (let i = 0; i < group.count; i++) {
    for (let m = 0; m < present; m++) {
      const number = memberOf(group, i, m);
      const person = people.get(number) ?? { token: tokenOf(number), joins: [], sendsTo: [] };
      people.set(number, person);
      if (m < joining) person.joins.push(i);
      person.sendsTo.push(i);
    }
  }
  const places = Array.from({ length: group.count }, (_, i) => placeOf(group.name, i));
  return { wire, ports, places, people: [...people.values()] };
}
