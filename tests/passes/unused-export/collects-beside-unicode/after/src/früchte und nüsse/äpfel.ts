// 🍎🍏 red and green; combining é
export const lunch = "🍎";
