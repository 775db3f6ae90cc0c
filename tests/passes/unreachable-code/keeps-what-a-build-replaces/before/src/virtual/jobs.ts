export const jobs: false | string[] = [];
