import "./polyfill.ts";
