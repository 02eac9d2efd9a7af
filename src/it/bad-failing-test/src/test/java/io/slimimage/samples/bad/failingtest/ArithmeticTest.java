package io.slimimage.samples.bad.failingtest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ArithmeticTest {

  @Test
  void addsWrongly() {
    assertEquals(5, 2 + 2);
  }
}
