import "@garden/rake";
export const place = ["node_modules", "@oak", "leaf"].join("/");
