RUN node ./src/press.js $TARGET
