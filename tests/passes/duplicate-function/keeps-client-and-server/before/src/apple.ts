"use client";

function label(cents: number): string {
  const price = cents * 2;
  const text = String(price);
  return `${text} cents`;
}

export const sellApple = () => label(1);
