const path = "/trees";

export default {
  get: () => fetch(path),
  put() {
    return send("PUT");
  },
};

function send(method: string): unknown {
  return fetch(path, { method });
}
