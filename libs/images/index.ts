export { cleanerFor, gifSize } from './clean-image.js';
export { BrokenImage, type CleanImage } from './image.js';
export { readOrientation } from './orientation.js';
