import { contentDisposition } from './content-disposition.js';

it.each([
  ['notulen.pdf', `attachment; filename="notulen.pdf"; filename*=UTF-8''notulen.pdf`],
  ['a"b\\c%d.txt', `attachment; filename="a_b_c_d.txt"; filename*=UTF-8''a%22b%5Cc%25d.txt`],
  ["Ma'ruf é.txt", `attachment; filename="Ma'ruf _.txt"; filename*=UTF-8''Ma%27ruf%20%C3%A9.txt`],
  [
    'x\r\nSet-Cookie: a',
    `attachment; filename="x__Set-Cookie: a"; filename*=UTF-8''x%0D%0ASet-Cookie%3A%20a`,
  ],
])('%j as a header', (name, header) => {
  expect(contentDisposition('attachment', name)).toBe(header);
});
