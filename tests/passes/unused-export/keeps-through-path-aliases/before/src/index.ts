import { apple } from "@fruits/apple";
import { stock } from "stock";
import { hazel } from "#nuts/hazel";
import { tree } from "#tree";

export const lunch = [apple, stock, hazel, tree];
