import { Card, readShape } from "./card.tsx";

console.log(readShape({ width: 2, height: 3 }), <Card title="apple" />);
