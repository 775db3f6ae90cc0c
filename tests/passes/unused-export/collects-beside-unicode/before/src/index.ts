export { lunch } from "./früchte und nüsse/äpfel.ts";
