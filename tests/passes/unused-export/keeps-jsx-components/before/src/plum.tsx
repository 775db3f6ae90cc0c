export default function Plum<Value>(props: { value: Value }) {
  return <u>{String(props.value)}</u>;
}
