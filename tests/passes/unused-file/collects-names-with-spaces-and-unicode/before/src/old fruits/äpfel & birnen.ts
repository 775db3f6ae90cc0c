export const apples = "Äpfel";
