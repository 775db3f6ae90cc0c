import api from "./api.ts";
import { settings } from "./settings.ts";

const { colour } = settings;
console.log(colour, settings.size?.width, api.get());
