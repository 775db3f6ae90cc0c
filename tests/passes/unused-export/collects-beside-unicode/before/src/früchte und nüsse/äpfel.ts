// 🍎🍏 red and green; combining é
export const lunch = "🍎";

/** 🍐 pears */
export const größe = "🍐";

export const supper = "🍒";
