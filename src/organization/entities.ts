import { Holiday } from './holiday.entity.js';
import { OpdHistory } from './opd-history.entity.js';
import { Opd } from './opd.entity.js';
import { Person } from './person.entity.js';
import { PositionAssignment } from './position-assignment.entity.js';
import { RoleGrant } from './role-grant.entity.js';

export const ORGANIZATION_ENTITIES = [Opd, OpdHistory, Person, PositionAssignment, RoleGrant, Holiday];
