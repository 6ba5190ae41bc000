package dev.sparring.layer;

import dev.sparring.setting.Defaults;
import dev.sparring.setting.Word;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Parallel paths: each takes the same input, and their outputs are joined.
 *
 * @param paths the layers of each path, at least two paths; a path without layers passes the input
 *     on
 * @param join how outputs are joined
 */
@Word("branches")
public record Branches(List<List<Layer>> paths, Join join) implements Composite {
  /** Copies the paths. */
  public Branches {
    paths = paths.stream().map(List::copyOf).toList();
    if (paths.size() < 2) {
      throw new IllegalArgumentException("paths must be at least 2, got " + paths.size());
    }
  }

  /** These paths, their channels concatenated. */
  @Defaults
  public static Branches branches(List<List<Layer>> paths) {
    return new Branches(paths, Join.CONCAT);
  }

  /** The same, joined in another way. */
  public Branches join(Join join) {
    return new Branches(paths, join);
  }

  @Override
  public List<Branch> branches(Shape input) {
    List<Branch> branches = new ArrayList<>();
    for (int i = 0; i < paths.size(); i++) {
      branches.add(new Branch(String.valueOf(i), "paths." + i, input, paths.get(i)));
    }
    return branches;
  }

  @Override
  public Shape outputShape(Shape input, List<Shape> outputs) {
    return join.outputShape(outputs);
  }

  @Override
  public Tensor forward(Tensor x, LayerContext pass) {
    List<Tensor> outputs = new ArrayList<>();
    for (int i = 0; i < paths.size(); i++) {
      outputs.add(pass.branch(i, x));
    }
    return join.apply(outputs);
  }

  @Override
  public Branches withEach(UnaryOperator<Layer> change) {
    return new Branches(
        paths.stream().map(path -> path.stream().map(change).toList()).toList(), join);
  }

  @Override
  public String summary() {
    return paths.size() + " branches";
  }
}
