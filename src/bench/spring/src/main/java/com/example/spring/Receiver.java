package com.example.spring;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The application. */
@SpringBootApplication
public class Receiver {

    public static void main(String[] arguments) {
        SpringApplication.run(Receiver.class, arguments);
    }
}
