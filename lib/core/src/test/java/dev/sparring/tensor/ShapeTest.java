package dev.sparring.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShapeTest {
  @Test
  void countsItsElements() {
    assertEquals(24, Shape.of(2, 3, 4).elements());
    assertEquals(1, Shape.SCALAR.elements());
  }

  /** 2^64 elements must not overflow to 0. */
  @Test
  void refusesToCountMoreThanAnArrayHolds() {
    assertThrows(ArithmeticException.class, () -> Shape.of(65536, 65536).elements());
    assertThrows(ArithmeticException.class, () -> Shape.of(65536, 65536, 65536, 65536).elements());
    assertThrows(
        ArithmeticException.class, () -> Shape.of(65536, 65536, 65536, 65536, 7).elements());
  }

  @Test
  void countsAxesFromBothEnds() {
    Shape shape = Shape.of(5, 6, 7);
    assertEquals(5, shape.dim(0));
    assertEquals(7, shape.dim(-1));
    assertEquals(5, shape.dim(-3));
    assertEquals(3, shape.rank());
  }

  @Test
  void addsAndTakesOffTheBatch() {
    assertEquals(Shape.of(9, 2, 3), Shape.of(2, 3).batch(9));
    assertEquals(Shape.of(2, 3), Shape.of(9, 2, 3).sample());
    assertEquals(Shape.SCALAR, Shape.of(9).sample());
    assertArrayEquals(new long[] {2, 3}, Shape.of(2, 3).toLongs());
  }

  @Test
  void readsAsItIsWritten() {
    assertEquals("(64, 4, 4)", Shape.of(64, 4, 4).toString());
    assertEquals("(7)", Shape.of(7).toString());
    assertEquals("()", Shape.SCALAR.toString());
  }

  @Test
  void refusesEmptyExtents() {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> Shape.of(3, 0, 4));
    assertEquals("every extent must be at least 1, got (3, 0, 4)", e.getMessage());
  }

  @Test
  void keepsItsOwnExtents() {
    List<Integer> dims = new ArrayList<>(List.of(1, 2));
    Shape shape = new Shape(dims);
    dims.set(0, 9);
    assertEquals(Shape.of(1, 2), shape);
  }
}
