import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { SessionCookie } from './session-cookie.js';

/** OpenAPI: the page at /api/docs, the document at /api/docs/openapi.json. Made when it is first asked for. */
export function serveOpenApi(app: INestApplication): void {
  const about = new DocumentBuilder()
    .setTitle('Simpul')
    .setDescription(
      'Errors are problem details (RFC 9457) with `code` and `details`. Changes need an allowed Origin beside the session cookie. ' +
        'Live commands go over Socket.IO: [/api/docs/live](/api/docs/live).',
    )
    .setVersion('1')
    .addCookieAuth(app.get(SessionCookie).name)
    .build();
  SwaggerModule.setup('api/docs', app, () => SwaggerModule.createDocument(app, about), {
    jsonDocumentUrl: 'api/docs/openapi.json',
    yamlDocumentUrl: 'api/docs/openapi.yaml',
    customSiteTitle: 'Simpul API',
  });
}
