import { probe } from '#libs/contracts';
console.log(probe);
