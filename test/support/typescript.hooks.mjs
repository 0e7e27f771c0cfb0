import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transform } from '@swc/core';
import { swcOptions } from './swc.mjs';

const OURS = new URL('../../', import.meta.url).href;
const isOurs = (url) => url?.startsWith(OURS) && !url.includes('/node_modules/') && !url.includes('/dist/');

export async function resolve(specifier, context, next) {
  if (!isOurs(context.parentURL)) return next(specifier, context);
  // Only our own imports see `source`: some packages have a condition of that name too.
  if (specifier.startsWith('#libs/')) {
    return next(specifier, { ...context, conditions: ['source', ...context.conditions] });
  }
  if (!/^\.{1,2}\/.*\.js$/.test(specifier)) return next(specifier, context);
  for (const extension of ['.ts', '.tsx']) {
    try {
      return await next(specifier.replace(/\.js$/, extension), context);
    } catch (error) {
      if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
    }
  }
  return next(specifier, context);
}

export async function load(url, context, next) {
  if (!isOurs(url) || !/\.tsx?$/.test(url)) return next(url, context);
  const filename = fileURLToPath(url);
  const { code } = await transform(await readFile(filename, 'utf8'), {
    ...swcOptions(extname(filename)),
    filename,
  });
  return { format: 'module', source: code, shortCircuit: true };
}
