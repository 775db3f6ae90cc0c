export default {
  open: true,
};
// export const closed = true;
// console.log(closed);
