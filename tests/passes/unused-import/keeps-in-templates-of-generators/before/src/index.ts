export const template = new URL("./app.template.ts", import.meta.url);
