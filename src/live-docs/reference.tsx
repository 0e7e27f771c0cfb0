import type { ReactElement } from 'react';
import { LIMITS } from '#libs/contracts';
import { PROTOCOL, type Message, type Schema } from './protocol.js';

const { messages, schemas } = PROTOCOL.components;
const operations = Object.entries(PROTOCOL.operations);
const ERROR = 'Error.';
const EVENT = 'Event.';

/** Every message, event, error and shape of the document, for reading. */
export function Reference(): ReactElement {
  const names = Object.keys(schemas);
  const shapes = names.filter((name) => !name.startsWith(ERROR) && !name.startsWith(EVENT));
  return (
    <>
      <h2 id="requests">What a client sends</h2>
      {operations
        .filter(([, { action }]) => action === 'receive')
        .map(([name, { reply }]) => (
          <Card key={name} id={`request-${name}`} title={name} message={messages[name]}>
            <p>{reply ? 'Answer:' : 'No answer; may get lost.'}</p>
            {reply && <Shape schema={messages[`${name}.answer`]?.payload ?? {}} />}
          </Card>
        ))}
      <h2 id="server-events">What the server says unasked</h2>
      {operations
        .filter(([, { action }]) => action === 'send')
        .map(([name]) => (
          <Card key={name} id={name} title={messages[name]?.name ?? name} message={messages[name]} />
        ))}
      <h2 id="events">Events of a workspace&apos;s history</h2>
      <p>
        Each is an <a href="#WorkspaceEvent">element of events</a>, told apart by <code>type</code>. Below:
        its <code>data</code>, which holds the new view.
      </p>
      {names
        .filter((name) => name.startsWith(EVENT))
        .map((name) => (
          <section className="card" id={name} key={name}>
            <h3>
              <code>{name.slice(EVENT.length)}</code>
            </h3>
            {schemas[name]?.description && <p>{schemas[name].description}</p>}
            <Shape schema={schemas[name]?.properties?.data ?? {}} />
          </section>
        ))}
      <h2 id="errors">Refusals</h2>
      <p>
        The same list serves HTTP. In an answer, <code>retry</code> says what the last column says; a client
        goes by <code>retry</code>, so that it can live with a code it does not know.
      </p>
      <div className="scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">code</th>
              <th scope="col">details</th>
              <th scope="col">same again?</th>
            </tr>
          </thead>
          <tbody>
            {names
              .filter((name) => name.startsWith(ERROR))
              .map((name) => (
                <tr key={name} id={name}>
                  <td>
                    <code>{name.slice(ERROR.length)}</code>
                  </td>
                  <td>
                    <Shape schema={schemas[name]?.properties?.details ?? {}} />
                  </td>
                  <td>{schemas[name]?.['x-retry'] ? 'yes, later' : 'no'}</td>
                </tr>
              ))}
          </tbody>
        </table>
      </div>
      <h2 id="limits">Limits</h2>
      <p>Lengths are counted in UTF-16 code units, after the text got its normal form.</p>
      <div className="scroll">
        <table>
          <tbody>
            {Object.entries(LIMITS).map(([name, value]) => (
              <tr key={name}>
                <th scope="row">
                  <code>{name}</code>
                </th>
                <td>{value.toLocaleString('en')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <h2 id="shapes">Shapes</h2>
      {shapes.map((name) => (
        <section className="card" id={name} key={name}>
          <h3>
            <code>{name}</code>
          </h3>
          {schemas[name]?.description && <p>{schemas[name].description}</p>}
          <Shape schema={schemas[name] ?? {}} />
        </section>
      ))}
    </>
  );
}

interface CardProps {
  id: string;
  title: string;
  message: Message | undefined;
  children?: React.ReactNode;
}

function Card({ id, title, message, children }: CardProps): ReactElement {
  return (
    <section className="card" id={id}>
      <h3>
        <code>{title}</code>
      </h3>
      {message?.description && <p>{message.description}</p>}
      <Shape schema={message?.payload ?? {}} />
      {children}
    </section>
  );
}

function Shape({ schema }: { schema: Schema }): ReactElement {
  const choices = schema.oneOf ?? schema.anyOf;
  if (schema.properties) {
    return (
      <dl>
        {Object.entries(schema.properties).map(([name, inner]) => (
          <div key={name}>
            <dt>
              <code>{name}</code>
              {schema.required?.includes(name) ? '' : ' (may be absent)'} <Words schema={inner} />
            </dt>
            <dd>
              {inner.description && <span className="quiet">{inner.description}</span>}
              <Inner schema={inner} />
            </dd>
          </div>
        ))}
      </dl>
    );
  }
  if (choices?.some((choice) => choice.properties)) {
    return (
      <ul>
        {choices.map((choice) => (
          <li key={JSON.stringify(choice)}>
            <Shape schema={choice} />
          </li>
        ))}
      </ul>
    );
  }
  return <Words schema={schema} />;
}

/** What is written out below a property: only what has no name of its own. */
function Inner({ schema }: { schema: Schema }): ReactElement | null {
  const inner = schema.items ?? schema;
  const isNested = inner.properties ?? inner.anyOf?.some((choice) => choice.properties);
  return isNested ? <Shape schema={inner} /> : null;
}

function Words({ schema }: { schema: Schema }): ReactElement {
  const { $ref, items, anyOf, oneOf } = schema;
  if ($ref) {
    const name = $ref.slice($ref.lastIndexOf('/') + 1);
    return <a href={`#${name}`}>{name}</a>;
  }
  if (items) {
    return (
      <>
        list of <Words schema={items} />
      </>
    );
  }
  const choices = anyOf ?? oneOf;
  if (!choices) return <>{plainWords(schema)}</>;
  return (
    <>
      {choices.map((choice, index) => (
        <span key={JSON.stringify(choice)}>
          {index > 0 && ' or '}
          <Words schema={choice} />
        </span>
      ))}
    </>
  );
}

function plainWords(schema: Schema): string {
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((word) => JSON.stringify(word)).join(' | ');
  if (schema.type === 'object' && schema.additionalProperties === false && !schema.properties) return '{}';
  const { type = '', format, pattern, minLength, maxLength, minimum, maximum } = schema;
  const range = [
    ...(minimum === undefined ? [] : [`from ${minimum}`]),
    ...(maximum === undefined ? [] : [`to ${maximum}`]),
    ...(minLength === undefined ? [] : [`at least ${minLength}`]),
    ...(schema.maxItems === undefined ? [] : [`at most ${schema.maxItems} of them`]),
    ...(maxLength === undefined ? [] : [`at most ${maxLength}`]),
  ];
  const values = typeof schema.additionalProperties === 'object' ? 'by name' : undefined;
  return [type, format, pattern, values, ...range].filter((word) => word !== undefined).join(', ');
}
