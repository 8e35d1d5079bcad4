import { mount } from 'svelte';
import App from './App.svelte';
import { startLanguage } from './i18n/index.svelte.ts';
import { fetchAhead } from './pages.ts';
import { route } from './route.svelte.ts';
import './styles/tokens.css';
import './styles/base.css';
import { startTheme } from './theme.svelte.ts';

startTheme();
fetchAhead(route.current);
const target = document.getElementById('app');
if (!target) throw new Error('index.html has no #app');
await startLanguage();
mount(App, { target });
