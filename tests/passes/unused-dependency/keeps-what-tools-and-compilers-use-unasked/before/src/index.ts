import "karma";
import "jest";
