export default { entries: ["src/commands/*.ts"] };
