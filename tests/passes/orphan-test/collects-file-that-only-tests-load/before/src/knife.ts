export const knife = "knife";
