package io.slimimage.samples.boot;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

@SpringBootApplication
public class BootSample {

  public static void main(String[] args) {
    SpringApplication.run(BootSample.class, args);
  }
}
