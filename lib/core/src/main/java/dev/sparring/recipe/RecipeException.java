package dev.sparring.recipe;

import java.util.List;
import java.util.stream.Collectors;

/** A recipe that cannot be run; the message has a line for each problem. */
public final class RecipeException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  /** A recipe with these problems, of which there is at least one. */
  public RecipeException(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  /** A recipe with one problem. */
  public RecipeException(String path, String problem) {
    this(List.of(new Problem(path, problem)));
  }

  /** A recipe with one problem, found by another exception. */
  public RecipeException(Problem problem, Throwable cause) {
    super(problem.toString(), cause);
    this.problems = List.of(problem);
  }

  /** All problems. */
  public List<Problem> problems() {
    return problems;
  }
}
