module.exports = () => "apple";
