/**
 * What a run tells, as event files for TensorBoard.
 *
 * <p>{@link dev.sparring.tensorboard.TensorBoardListener} writes them while a training goes on,
 * {@link dev.sparring.tensorboard.TensorBoardExport} from what a run has left, {@link
 * dev.sparring.tensorboard.EventFile} by hand. TensorBoard itself is not needed for that.
 */
@NullMarked
package dev.sparring.tensorboard;

import org.jspecify.annotations.NullMarked;
