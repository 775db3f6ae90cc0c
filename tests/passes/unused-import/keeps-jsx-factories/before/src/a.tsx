import React from "react";

export const Apple = () => <b />;
