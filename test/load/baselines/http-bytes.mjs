/** A bare server that answers everything with the same BYTES bytes. */
import { serve } from './serve.mjs';

const body = Buffer.alloc(Number(process.env.BYTES), 'x');

serve((_request, response) => {
  response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', 'Content-Length': body.length });
  response.end(body);
});
