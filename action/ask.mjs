/**
 * A JSON request to the service that the pull request is in.
 *
 * @param {string} method
 * @param {string} address
 * @param {object} [content]
 * @returns {Promise<any>}
 */
export async function ask(method, address, content) {
  const headers = {
    authorization: `Bearer ${process.env.PP_TOKEN}`,
    accept: 'application/json',
    'content-type': 'application/json',
  };
  const response = await fetch(address, { method, headers, body: content && JSON.stringify(content) });
  if (!response.ok) throw new Error(`${method} ${new URL(address).pathname}: status ${response.status}`);
  return response.json();
}
