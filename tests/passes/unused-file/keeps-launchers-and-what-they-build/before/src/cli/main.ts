import "./rake.ts";
