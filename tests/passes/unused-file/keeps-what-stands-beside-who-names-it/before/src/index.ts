export const entries = { mainPath: `${__dirname}/press.js`, other: __dirname + "/peel.js" };
