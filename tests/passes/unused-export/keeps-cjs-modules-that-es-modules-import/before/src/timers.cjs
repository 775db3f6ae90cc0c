exports.tick = () => 1;
if (require.main === module) exports.tick();
