/** What the small servers share: they listen on PORT, answer `/health/ready` and end at SIGTERM. */
import { createServer } from 'node:http';

export function serve(handler = (_request, response) => response.writeHead(404).end()) {
  const server = createServer((request, response) => {
    if (request.url === '/health/ready') response.end('ok');
    else handler(request, response);
  });
  server.listen(Number(process.env.PORT), '127.0.0.1');
  process.once('SIGTERM', () => process.exit(0));
  return server;
}
