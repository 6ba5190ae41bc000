/** Words of one's own: what a stranger may write to try an idea. */
@NullMarked
package own;

import org.jspecify.annotations.NullMarked;
