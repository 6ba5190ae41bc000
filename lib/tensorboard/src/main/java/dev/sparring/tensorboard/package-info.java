/**
 * Event files of runs for TensorBoard.
 *
 * <p>{@link dev.sparring.tensorboard.TensorBoardListener} writes them during a training, {@link
 * dev.sparring.tensorboard.TensorBoardExport} from the files of a run, {@link
 * dev.sparring.tensorboard.EventFile} by hand. TensorBoard itself is not needed for that.
 */
@NullMarked
package dev.sparring.tensorboard;

import org.jspecify.annotations.NullMarked;
