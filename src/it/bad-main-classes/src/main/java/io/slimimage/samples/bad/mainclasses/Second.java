package io.slimimage.samples.bad.mainclasses;

final class Second {

  private Second() {}

  public static void main(String[] args) {
    System.out.println("never started");
  }
}
