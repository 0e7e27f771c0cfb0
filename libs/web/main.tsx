import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './tokens.css';
import './base.css';
import { watchDisplay } from './app/display.js';
import { WordsProvider } from './app/words.js';
import { LiveRegion } from './kit/live-region.js';
import { Toasts } from './kit/toast.js';
import { router } from './router.js';

watchDisplay();

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
createRoot(root).render(
  <StrictMode>
    <WordsProvider>
      <RouterProvider router={router} />
      <Toasts />
      <LiveRegion />
    </WordsProvider>
  </StrictMode>,
);
