const path = "/trees";

export default {
  get: () => fetch(path),
};
