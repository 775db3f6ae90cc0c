export default function () {
  return "basket";
}
