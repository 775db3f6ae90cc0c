export const deadStarred = "nobody takes it through the star";
