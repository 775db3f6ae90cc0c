const store = require("fruit-store"
