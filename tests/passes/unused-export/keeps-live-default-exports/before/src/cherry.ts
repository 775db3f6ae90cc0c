const cherry = "cherry";
export { cherry as "sweet cherry" };
